const AUTH = 'http://auth.example.com';
const headers = { Authorization: process.env.FUSIONAUTH_KEY ?? '' };

export function getUser(id: string) {
  return fetch(`${AUTH}/api/user/${id}`, { headers }); // expect: no-plain-http (Call https://auth.example.com) warn
}

export function getInvoices() {
  return fetch('http://billing.example.com/invoices'); // expect: no-plain-http (Billing is called over http)
}

export function getReceipts() {
  return fetch('https://billing.example.com/receipts'); // call: GET https://billing.example.com/receipts
}
