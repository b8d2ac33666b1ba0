/** Countries whose mobile numbers begin with digits of their own, by the digits behind the +. */
const MOBILE: readonly (readonly [country: string, mobile: RegExp])[] = [
  ["61", /^4/],
  ["64", /^2/],
  ["44", /^7[1-57-9]/],
  ["353", /^8/],
  ["49", /^1[567]/],
  ["43", /^6/],
  ["41", /^7/],
  ["33", /^[67]/],
  ["34", /^[67]/],
  ["32", /^4/],
  ["31", /^6/],
  ["27", /^[678]/],
  ["65", /^[89]/],
];

/**
 * Whether an SMS may reach a number: false for what is certainly a landline. Elsewhere, such as in North America, a number does not say
 * what it is; there the provider decides.
 */
export function mayReceiveSms(e164: string | null): boolean {
  if (!e164?.startsWith("+")) {
    return false;
  }
  const digits = e164.slice(1);
  const found = MOBILE.find(([country]) => digits.startsWith(country));
  return found === undefined || found[1].test(digits.slice(found[0].length));
}
