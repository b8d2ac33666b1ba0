import { Select } from "@/components/ui/field";
import type { Member } from "@/features/assignment/assignment";
import { texts } from "@/features/assignment/texts";
import { shortName } from "@/leads/names";

/** A member of a list; `none` says what the empty choice means, where there is one. */
export function MemberSelect({
  value,
  members,
  none,
  onChange,
  ...props
}: {
  value: string | null;
  members: readonly Member[];
  none?: string;
  onChange: (id: string | null) => void;
  className?: string;
  "aria-label"?: string;
  "aria-invalid"?: true;
  "aria-describedby"?: string;
}) {
  const isKnown = value === null || members.some(({ id }) => id === value);
  return (
    <Select value={value ?? ""} onChange={(event) => onChange(event.target.value || null)} {...props}>
      {none !== undefined && <option value="">{none}</option>}
      {!isKnown && <option value={value}>{texts.unknown}</option>}
      {members.map(({ id, email }) => (
        <option key={id} value={id}>
          {shortName(email)}
        </option>
      ))}
    </Select>
  );
}
