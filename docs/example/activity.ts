import { fusion } from './fusion';

export async function activityLogs(orgId: string) {
  const { data } = await fusion.get(`/activity-logs/${orgId}`);
  return data;
}
