/** Such as "4 minutes ago", as the reader's language has it. */
export function ago(moment: string, locale: string | undefined, now = Date.now()): string {
  const seconds = (Date.parse(moment) - now) / 1000;
  const units: [Intl.RelativeTimeFormatUnit, number][] = [
    ["day", 86_400],
    ["hour", 3_600],
    ["minute", 60],
  ];
  const format = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  const found = units.find(([, length]) => Math.abs(seconds) >= length);
  return found ? format.format(Math.trunc(seconds / found[1]), found[0]) : format.format(0, "second");
}

export function nameOf({
  contactName,
  contactPhone,
  contactEmail,
}: {
  contactName: string | null;
  contactPhone: string | null;
  contactEmail: string | null;
}): string {
  return contactName ?? contactPhone ?? contactEmail ?? "–";
}
