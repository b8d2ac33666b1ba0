const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/**
 * The short name of a lead that a person can read out on the phone, such as 7F3K-9Q2M: the first 40 bits of the SHA-256 of its id, in
 * Crockford's base32. Undefined where the page is not a secure one, which has no hashes.
 */
export async function referenceOf(id: string): Promise<string | undefined> {
  const hex = id.replace(/-/g, "");
  if (!crypto.subtle || !/^[0-9a-f]{32}$/i.test(hex)) {
    return undefined;
  }
  const bytes = Uint8Array.from(hex.match(/../g)!, (pair) => parseInt(pair, 16));
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const bits = Array.from(hash.slice(0, 5), (byte) => byte.toString(2).padStart(8, "0")).join("");
  const text = bits.match(/.{5}/g)!.map((five) => ALPHABET[parseInt(five, 2)]);
  return `${text.slice(0, 4).join("")}-${text.slice(4).join("")}`;
}
