import * as v from 'valibot';
import type { UserContract, UserHeader } from './contract.ts';
import { day, notList, notObject, text } from './values.ts';

const words = v.pipe(text, v.regex(/\S/, 'must not be empty'));
const header = v.pipe(text, v.regex(/^[\w!#$%&'*+.^`|~-]+$/, 'must be the name of a header'));
const operation = v.pipe(
  text,
  v.regex(
    /^(?:GET|PUT|POST|DELETE|OPTIONS|HEAD|PATCH|TRACE) \/[^\s?#]*$/,
    'must be a method and a path, such as "GET /v1/invoices/{id}"',
  ),
);
const retiredOperation = v.pipe(
  text,
  v.regex(
    /^(?:\*|GET|PUT|POST|DELETE|OPTIONS|HEAD|PATCH|TRACE) \/[^\s?#]*$/,
    'must be a method, or *, and a path, such as "* /v1/invoices/{id}"',
  ),
);
const host = v.pipe(
  text,
  v.regex(
    // The last label is a word: a host of which even that is open could be any.
    /^(?:\*\.)?(?:[\w*-]+\.)*[\w-]+(?::\d+)?$/,
    'must be a host such as "api.example.com" or "*.example.com"',
  ),
);

function described<const Schema extends v.GenericSchema<unknown, unknown>>(
  schema: Schema,
  description: string,
) {
  return v.optional(v.pipe(schema, v.description(description)));
}

function byName<const Item extends v.GenericSchema<unknown, unknown>>(
  key: v.GenericSchema<string, string>,
  item: Item,
) {
  return v.record(key, item, notObject);
}

const headers: v.GenericSchema<unknown, Record<string, UserHeader>> = byName(
  header,
  v.strictObject(
    {
      value: v.pipe(words, v.description('What to send, in a few words: "the API key of your team".')),
      answer: described(
        v.strictObject(
          {
            status: v.pipe(
              v.number('must be a number'),
              v.integer('must be a whole number'),
              v.minValue(100, 'must be an HTTP status'),
              v.maxValue(599, 'must be an HTTP status'),
              v.description('The HTTP status.'),
            ),
            code: described(words, "The service's own code."),
          },
          notObject,
        ),
        'What the service answers to a call without the header.',
      ),
      since: described(day, 'The day from which the service asks for it, YYYY-MM-DD.'),
      format: described(
        v.strictObject(
          {
            pattern: v.pipe(
              words,
              v.check(isPattern, 'must be a regular expression'),
              v.description(
                'A regular expression, without slashes, that every right value matches as a whole.',
              ),
            ),
            words: v.pipe(words, v.description('To stand behind "takes": "a number".')),
          },
          notObject,
        ),
        'The form of its value; a scheme in front of it is left out.',
      ),
    },
    notObject,
  ),
);

const calendar = {
  warnFrom: described(day, 'Nothing is reported before this day, YYYY-MM-DD.'),
  failsFrom: described(day, 'An error from this day on, YYYY-MM-DD; until then, or without it, a warning.'),
};

const auth = v.picklist(['bearer', 'key', 'basic', 'none'], 'must be "bearer", "key", "basic" or "none"');

const queryParameter = v.strictObject(
  {
    required: described(v.boolean('must be true or false'), 'Whether a call without it fails.'),
    replaces: described(
      v.strictObject(
        { name: v.pipe(words, v.description('The name that it went by before.')), ...calendar },
        notObject,
      ),
      'The name that it has replaced.',
    ),
  },
  notObject,
);

function isPattern(text: string): boolean {
  try {
    new RegExp(text, 'u');
    return true;
  } catch {
    return false;
  }
}

/** What a contract may hold, strictly: a key that is not listed here is an error. */
export const contractSchema: v.GenericSchema<unknown, UserContract> = v.pipe(
  v.strictObject(
    {
      $schema: described(text, 'Where the JSON Schema of this file is, for editors.'),
      title: v.pipe(words, v.description('How messages name the service.')),
      docs: described(words, 'Where its documentation is.'),
      hosts: v.pipe(
        v.array(host, notList),
        v.description(
          "Hosts of the service, with the port where it is not the usual one. A leading *. stands for one or more labels, a * elsewhere for any text without a dot. May be empty where the configuration has the service's hosts, base URLs or environment variables.",
        ),
      ),
      headers: described(headers, 'Headers that every call must carry, by name.'),
      optionalHeaders: described(
        headers,
        'Headers that a call may carry, whose values have a form, by name.',
      ),
      auth: described(auth, 'What stands in Authorization, of operations that say nothing else.'),
      legacyHeaders: described(
        byName(
          header,
          v.strictObject(
            {
              replacedBy: v.pipe(header, v.description('The header to send in its place.')),
              note: described(words, 'A sentence for the message, such as what becomes of the value.'),
              ...calendar,
            },
            notObject,
          ),
        ),
        'Headers that the service has replaced, by name.',
      ),
      ownHeaders: described(
        v.array(header, notList),
        'Names of headers that no other service has: one of them tells a call to an unknown host.',
      ),
      endpoints: described(
        byName(
          operation,
          v.strictObject(
            {
              headers: described(headers, "Headers that it requires besides the contract's, by name."),
              without: described(
                v.array(header, notList),
                "Names of the contract's headers that it works without.",
              ),
              auth: described(auth, 'What stands in Authorization.'),
              query: described(
                byName(words, queryParameter),
                'The parameters of its query, by name; there may be others.',
              ),
              body: described(
                v.literal('form', 'must be "form"'),
                'The body must be application/x-www-form-urlencoded.',
              ),
              deprecated: described(
                v.boolean('must be true or false'),
                'The operation works, but its documentation advises against it. Nothing is reported.',
              ),
            },
            notObject,
          ),
        ),
        'The operations, by method and path: "GET /v1/invoices/{id}".',
      ),
      complete: described(
        v.boolean('must be true or false'),
        'endpoints lists all operations: headers are required of no others.',
      ),
      listedBelow: described(
        v.pipe(text, v.regex(/^\/[^\s?#{}]*$/, 'must be a path such as "/v2", or "/" for all')),
        'A path below which the service has no operation but those in endpoints.',
      ),
      retiredEndpoints: described(
        byName(
          retiredOperation,
          v.strictObject(
            {
              replacement: v.pipe(words, v.description('What to call in its place: "GET /v2/invoices".')),
              note: described(words, 'A sentence for the message.'),
              ...calendar,
            },
            notObject,
          ),
        ),
        'Operations that the service has withdrawn, or will, by method (* for any) and path.',
      ),
      credentials: described(
        v.array(
          v.strictObject(
            {
              in: v.pipe(
                v.picklist(['header', 'form', 'query'], 'must be "header", "form" or "query"'),
                v.description('The part of the request.'),
              ),
              name: v.pipe(words, v.description('The name of the header, field or parameter.')),
              what: v.pipe(words, v.description('What it is, for the message: "API key".')),
              public: described(
                v.boolean('must be true or false'),
                'It is public by design, such as a client id.',
              ),
            },
            notObject,
          ),
          'must be a list',
        ),
        'Where credentials stand in a request; literal ones are reported.',
      ),
      placeholders: described(
        v.array(text, notList),
        'Words that stand for a credential in documentation and are never reported.',
      ),
    },
    notObject,
  ),
  v.title('fusionlint contract'),
  v.description('What a service of your own requires, for `services.<id>.contract` of the configuration.'),
);
