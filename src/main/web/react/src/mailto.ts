/**
 * The address as it stands in a mailto: link (RFC 6068): ? and & may be part of an address, and would otherwise add recipients and
 * texts to the reply.
 */
export const mailto = (email: string) => `mailto:${encodeURIComponent(email).replace(/%40/g, "@")}`;
