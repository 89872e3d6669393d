const FUSIONAUTH_URL = process.env.FUSIONAUTH_URL;

export function findUser(id: string) {
  return fetch(`${FUSIONAUTH_URL}/api/user/${id}`, {
    headers: { Authorization: 'not-a-real-key-8Qz4vT0rLw' },
  });
}

export function deleteUser(id: string, headers: HeadersInit) {
  return fetch(`${FUSIONAUTH_URL}/api/user/${id}`, { method: 'DELETE', headers });
}
