// What the values of headers must look like, written down from RFC 3261 §25.1 and its kin once more and in another way than the product
// does it, so that the two can be held against each other. Only what is sure: where the grammar leaves room, everything is allowed.

const TOKEN = String.raw`[A-Za-z0-9\-.!%*_+\x60'~]+`;
const QUOTED = String.raw`"(?:[^"\\]|\\[^\r\n])*"`;
const NUMBERS = String.raw`\d{1,3}(?:\.\d{1,3}){3}`;
const NAME = String.raw`(?:[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?\.)*[A-Za-z](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?\.?`;
const SIX = String.raw`\[[0-9A-Fa-f:.]+\]`;
const HOST = `(?:${NUMBERS}|${NAME}|${SIX})`;
const PORT = String.raw`(?::\d{1,5})?`;
const PARAMS = String.raw`(?:\s*;\s*${TOKEN}(?:\s*=\s*(?:${TOKEN}|${QUOTED}|${SIX}|<[^<>]*>|[^\s;,"<>]+))?)*`;
const URI = String.raw`[A-Za-z][A-Za-z0-9+.-]*:(?:[^\s"<>\\^\x60{|}]|%[0-9A-Fa-f]{2})+`;
const DISPLAY = String.raw`(?:${QUOTED}\s*|(?:${TOKEN}\s+)*${TOKEN}\s*)?`;
const ADDRESS = String.raw`(?:${DISPLAY}<${URI}>|[A-Za-z][A-Za-z0-9+.-]*:[^\s"<>;,?]+)${PARAMS}`;
const MEDIA = String.raw`${TOKEN}\s*\/\s*${TOKEN}${PARAMS}`;

const whole = (form: string) => new RegExp(`^(?:${form})$`);
const list = (form: string) => whole(String.raw`${form}(?:\s*,\s*${form})*`);

const maybe = ({ source }: RegExp) => new RegExp(`^$|${source}`);

const FORMS: Readonly<Record<string, RegExp>> = {
  via: list(String.raw`SIP\s*\/\s*2\.0\s*\/\s*${TOKEN}\s+${HOST}${PORT}${PARAMS}`),
  from: whole(ADDRESS),
  to: whole(ADDRESS),
  contact: whole(String.raw`\*|${ADDRESS}(?:\s*,\s*${ADDRESS})*`),
  route: list(`${DISPLAY}<${URI}>${PARAMS}`),
  'record-route': list(`${DISPLAY}<${URI}>${PARAMS}`),
  'refer-to': whole(ADDRESS),
  'call-id': whole(String.raw`[^\s@,;]+(?:@[^\s@,;]+)?`),
  cseq: whole(String.raw`\d{1,10}\s+${TOKEN}`),
  'max-forwards': whole(String.raw`\d+`),
  'content-length': whole(String.raw`\d+`),
  expires: whole(String.raw`\d+`),
  'min-expires': whole(String.raw`\d+`),
  rseq: whole(String.raw`\d{1,10}`),
  'content-type': whole(MEDIA),
  event: whole(`${TOKEN}${PARAMS}`),
  'subscription-state': whole(`${TOKEN}${PARAMS}`),
  allow: maybe(list(TOKEN)),
  supported: maybe(list(TOKEN)),
  require: list(TOKEN),
};

/** Whether the value of a header has the form that its grammar asks for; null where nothing is known of it. */
export function hasForm(id: string, value: string): boolean | null {
  return FORMS[id]?.test(value.replace(/\s*[\r\n]+\s*/g, ' ').trim()) ?? null;
}
