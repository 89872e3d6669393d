/**
 * Where a host is, as far as its name tells: on the machine or in its network, one that documentation
 * writes for any host, perhaps a service in a cluster, or elsewhere.
 */
export type Place = 'local' | 'example' | 'cluster' | 'elsewhere';

/** `host` may have a port; an IPv6 address stands in brackets. Case and the root's dot do not matter. */
export function placeOfHost(host: string): Place {
  const [, written = '', port] = /^(.*?)(:\d*)?$/.exec(host.toLowerCase()) ?? [];
  const name = written.replace(/\.$/, '');
  if (name.startsWith('[')) return LOCAL_IPV6.test(name) ? 'local' : 'elsewhere';
  if (IPV4.test(name))
    return LOCAL_IPV4.test(name) ? 'local' : EXAMPLE_IPV4.test(name) ? 'example' : 'elsewhere';
  if (!/^[a-z\d._-]*$/.test(name) || EXAMPLE.test(name)) return 'example';
  const labels = name.split('.');
  // A service of Docker Compose, of the same Kubernetes namespace, or a machine of the same network.
  if (labels.length === 1 || LOCAL.test(name)) return 'local';
  // `service.namespace` of Kubernetes looks like a domain.
  return labels.length === 2 && port !== undefined ? 'cluster' : 'elsewhere';
}

/**
 * Top-level names that the public DNS never has: RFC 6761 and 6762, `internal` (ICANN, 2024), `home.arpa`
 * (RFC 8375), those that networks use by custom, and the service names of Kubernetes.
 */
const LOCAL =
  /\.(?:localhost|local|test|internal|home\.arpa|lan|home|corp|intranet|private|docker|consul|svc)$/;

/** RFC 2606 and 6761, and what stands for the reader's own host: `auth.your-company.com`. */
const EXAMPLE =
  /(?:^|\.)(?:example\.(?:com|net|org)|example|invalid)$|(?:^|\.)your(?:[-_.]|domain|company|host|server)/;

const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;

/** This host, loopback, private (RFC 1918), shared (RFC 6598) and link-local (RFC 3927) addresses. */
const LOCAL_IPV4 =
  /^(?:0|10|127)\.|^192\.168\.|^172\.(?:1[6-9]|2\d|3[01])\.|^100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|^169\.254\./;

/** Addresses for documentation: RFC 5737. */
const EXAMPLE_IPV4 = /^(?:192\.0\.2|198\.51\.100|203\.0\.113)\./;

/** Loopback, unique local (RFC 4193) and link-local addresses. */
const LOCAL_IPV6 = /^\[(?:::1?|f[cd][\da-f]{2}:.*|fe[89ab][\da-f]:.*|::ffff:(?:127|10)\..*)\]$/;
