import { useQuery } from "@tanstack/react-query";
import { Archive, ArchiveRestore, Check, MailOpen, Tag, UserRound, X } from "lucide-react";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Menu, MenuItem } from "@/components/ui/menu";
import { type BulkAction, type BulkChanged, type BulkOrder, useBulk } from "@/features/inbox/bulk";
import type { Selection } from "@/features/inbox/selection";
import { TagDialog } from "@/features/inbox/tag-dialog";
import { texts } from "@/features/inbox/texts";
import type { LeadFilter } from "@/leads/filter";
import type { Lead } from "@/leads/lead";
import { nameOf, shortName } from "@/leads/names";
import { countQuery, membersQuery } from "@/leads/queries";
import { number } from "@/lib/format";
import { useShortcuts } from "@/lib/shortcuts";

const AT_MOST = 10_000;

/** What is done with all that are chosen; in the list's header while any are. */
export function BulkBar({
  selection,
  leads,
  filter,
  hasMore,
}: {
  selection: Selection;
  leads: readonly Lead[];
  filter: LeadFilter;
  hasMore: boolean;
}) {
  const [failed, setFailed] = useState<BulkChanged["failed"]>([]);
  const [tagging, setTagging] = useState<"tag" | "untag">();
  const members = useQuery(membersQuery());
  const matching = useQuery({ ...countQuery(filter), enabled: hasMore || selection.isAll });
  const count = matching.data;
  const bulk = useBulk((changed) => {
    setFailed(changed.failed);
    selection.clear();
  });
  const isTooMany = selection.isAll && (count?.isMore ?? false);
  const isReady = !bulk.isPending && !isTooMany && (!selection.isAll || count !== undefined);
  const run = (action: BulkAction, more: Partial<BulkOrder> = {}) =>
    bulk.mutate(
      {
        action,
        which: selection.isAll ? { filter, expectedCount: count?.count ?? 0 } : { ids: [...selection.ids] },
        ...more,
      },
      // The count has changed meanwhile: it is shown anew, and asked for again.
      { onError: () => selection.isAll && void matching.refetch() },
    );
  useShortcuts([{ keys: "Escape", label: "Clear the selection", group: "List", run: selection.clear }]);
  const isArchive = filter.status?.length === 1 && filter.status[0] === "archived";

  return (
    <div role="toolbar" aria-label="Selected leads" className="grid gap-1.5">
      <div className="flex items-center gap-1">
        <Button variant="quiet" size="icon-s" aria-label="Clear the selection" onClick={selection.clear}>
          <X />
        </Button>
        <span role="status" className="me-auto text-s font-medium tabular">
          {texts.selected(selection.isAll ? Math.min(count?.count ?? selection.count, AT_MOST) : selection.count)}
        </span>
        {!isArchive && (
          <>
            <BulkButton icon={MailOpen} label={texts.bulk.read} disabled={!isReady} onClick={() => run("read")} />
            <BulkButton
              icon={Check}
              label={texts.bulk.acknowledge}
              disabled={!isReady}
              onClick={() => run("acknowledge")}
            />
          </>
        )}
        <BulkButton
          icon={isArchive ? ArchiveRestore : Archive}
          label={isArchive ? texts.bulk.unarchive : texts.bulk.archive}
          disabled={!isReady}
          onClick={() => run(isArchive ? "unarchive" : "archive")}
        />
        <Menu
          trigger={
            <Button variant="quiet" size="icon-s" aria-label={texts.bulk.assign} disabled={!isReady}>
              <UserRound />
            </Button>
          }
        >
          <MenuItem onSelect={() => run("assign", { assignee: null })}>Nobody</MenuItem>
          {members.data?.map(({ id, email }) => (
            <MenuItem key={id} onSelect={() => run("assign", { assignee: id })}>
              {shortName(email)}
            </MenuItem>
          ))}
        </Menu>
        <Menu
          trigger={
            <Button variant="quiet" size="icon-s" aria-label="Tags" disabled={!isReady}>
              <Tag />
            </Button>
          }
        >
          <MenuItem onSelect={() => setTagging("tag")}>{texts.bulk.tag}</MenuItem>
          <MenuItem onSelect={() => setTagging("untag")}>{texts.bulk.untag}</MenuItem>
        </Menu>
      </div>
      {hasMore && !selection.isAll && count && selection.count >= leads.length && (
        <Button variant="link" size="s" onClick={selection.chooseAll} className="justify-self-start">
          {texts.selectAll(count.count, count.isMore)}
        </Button>
      )}
      {isTooMany && <p className="text-s text-warn">{texts.tooMany}</p>}
      {tagging && (
        <TagDialog
          title={texts.bulk[tagging]}
          onClose={() => setTagging(undefined)}
          onChosen={(tag) => run(tagging, { tags: [tag] })}
        />
      )}
      <LeftAlone failed={failed} leads={leads} onClose={() => setFailed([])} />
    </div>
  );
}

function BulkButton({
  icon: Icon,
  label,
  disabled,
  onClick,
}: {
  icon: typeof Check;
  label: string;
  disabled: boolean;
  onClick: () => void;
}) {
  return (
    <Button variant="quiet" size="icon-s" aria-label={label} title={label} disabled={disabled} onClick={onClick}>
      <Icon />
    </Button>
  );
}

/** Those of many that could not be changed, by name, and why. */
export function LeftAlone({
  failed,
  leads,
  onClose,
}: {
  failed: BulkChanged["failed"];
  leads: readonly Lead[];
  onClose: () => void;
}) {
  return (
    <Dialog
      open={failed.length > 0}
      onOpenChange={onClose}
      title={texts.leftAlone(failed.length)}
      description="All others are done."
    >
      <ul className="grid gap-2 text-s">
        {failed.slice(0, 100).map(({ id, detail }) => {
          const lead = leads.find((each) => each.id === id);
          return (
            <li key={id}>
              <strong>{lead ? nameOf(lead) : id}</strong>: {detail}
            </li>
          );
        })}
        {failed.length > 100 && <li className="text-soft">… and {number(failed.length - 100)} more.</li>}
      </ul>
    </Dialog>
  );
}
