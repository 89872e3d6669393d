import axios from 'axios';

/** Everything that calls Workfront Fusion starts from this client. */
export const fusion = axios.create({
  baseURL: 'https://fusion.adobe.io/api/v3',
  headers: {
    Authorization: `Bearer ${process.env.IMS_TOKEN}`,
    'x-gw-ims-org-id': process.env.IMS_ORG_ID,
    'x-gw-region': 'or2',
  },
});
