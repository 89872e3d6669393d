import { choice, each, literalText, object, text } from '../evaluate/value.ts';
import { type Client, entries, type FormCall, option } from './client.ts';
import { headersOf } from './methods.ts';

const PACKAGE = '@adobe/auth-token';
const PRODUCTION = text('https://ims-na1.adobelogin.com/ims/token/v3');
const STAGE = text('https://ims-na1-stg1.adobelogin.com/ims/token/v3');

/**
 * `@adobe/auth-token` 1.0.1: `auth({ clientId, clientSecret, scope, environment? })` posts a form for an
 * access token. Only its command line names an authentication scheme, and knows one.
 */
export const adobeAuthToken: Client = {
  name: PACKAGE,
  sdk: true,
  calls: {
    [`${PACKAGE}#auth`]: (call: FormCall) => {
      const [config] = call.args;
      if (!config) return undefined;
      const url = each(option(call, config, 'environment'), (environment) => {
        if (environment.kind === 'primitive') return PRODUCTION;
        const literal = literalText(environment);
        if (literal === undefined) return choice([PRODUCTION, STAGE]);
        return literal === 'stage' ? STAGE : PRODUCTION;
      });
      const fields = {
        grant_type: text('client_credentials'),
        client_id: option(call, config, 'clientId'),
        client_secret: option(call, config, 'clientSecret'),
        scope: option(call, config, 'scope'),
      };
      return {
        client: `sdk:${PACKAGE}`,
        library: PACKAGE,
        service: 'adobe-ims',
        url,
        method: text('POST'),
        headers: [headersOf({ 'content-type': text('application/x-www-form-urlencoded;charset=UTF-8') })],
        query: [],
        body: object(entries(fields), { type: 'URLSearchParams' }),
        objectBody: 'form',
      };
    },
  },
};
