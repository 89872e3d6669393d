import { withDefault } from '../evaluate/names.ts';
import { choice, concat, object, optionsOf, text, unknown, type Value } from '../evaluate/value.ts';
import { asObject, type Client, entries, type FormCall, option } from './client.ts';
import { headersOf } from './methods.ts';

const PRODUCTION = text('https://ims-na1.adobelogin.com');

/**
 * `@adobe/jwt-auth` 2.0.0: `auth({ clientId, clientSecret, technicalAccountId, orgId, privateKey, metaScopes,
 * ims? })` posts a form to the JWT exchange of IMS.
 */
export const adobeJwtAuth: Client = {
  name: '@adobe/jwt-auth',
  sdk: true,
  calls: {
    '@adobe/jwt-auth#': (call: FormCall) => {
      const [config] = call.args;
      if (!config) return undefined;
      const fields = {
        client_id: option(call, config, 'clientId'),
        client_secret: option(call, config, 'clientSecret'),
        jwt_token: unknown('the JWT that the library signs', 'jwt_token'),
      };
      const ims = option(call, config, 'ims');
      return {
        client: 'sdk:@adobe/jwt-auth',
        library: '@adobe/jwt-auth',
        service: 'adobe-ims',
        url: concat([
          endpointOf(ims, asObject(config)?.entries.has('ims') === true),
          text('/ims/exchange/jwt/'),
        ]),
        method: text('POST'),
        headers: [headersOf({ 'content-type': text('multipart/form-data') })],
        query: [],
        body: object(entries(fields), { type: 'FormData' }),
        objectBody: 'multipart',
      };
    },
  },
};

/** What is not known may be absent, and then the default holds: the likelier when the code gives none. */
function endpointOf(ims: Value, given: boolean): Value {
  const alternatives = withDefault(ims, () => PRODUCTION);
  return given ? alternatives : choice([PRODUCTION, ...optionsOf(alternatives)]);
}
