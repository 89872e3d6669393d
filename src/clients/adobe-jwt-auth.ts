import { joinWithSlash } from '../evaluate/url.ts';
import { object, text } from '../evaluate/value.ts';
import { type Client, entries, type FormCall, option } from './client.ts';

/**
 * `@adobe/jwt-auth` 2.0.0: `auth({ clientId, clientSecret, technicalAccountId, orgId, privateKey, metaScopes,
 * ims? })` posts a form to the JWT exchange of IMS.
 */
export const adobeJwtAuth: Client = {
  name: '@adobe/jwt-auth',
  calls: {
    '@adobe/jwt-auth#': (call: FormCall) => {
      const [config] = call.args;
      if (!config) return undefined;
      const ims = option(call, config, 'ims');
      const fields = {
        client_id: option(call, config, 'clientId'),
        client_secret: option(call, config, 'clientSecret'),
      };
      return {
        client: 'sdk:@adobe/jwt-auth',
        library: '@adobe/jwt-auth',
        service: 'adobe-ims',
        url: joinWithSlash(
          ims.kind === 'text' ? ims : text('https://ims-na1.adobelogin.com'),
          text('/ims/exchange/jwt/'),
        ),
        method: text('POST'),
        headers: [
          {
            value: object(entries({ 'content-type': text('multipart/form-data') })),
            undefined: 'drop',
            null: 'drop',
          },
        ],
        query: [],
        body: object(entries(fields), { type: 'FormData' }),
        objectBody: 'multipart',
      };
    },
  },
};
