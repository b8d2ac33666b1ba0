import { useQuery } from "@tanstack/react-query";
import { Archive, ArchiveRestore, Ban, Check, MailOpen, ShieldCheck, Tag, UserRound, X } from "lucide-react";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { Menu, MenuItem } from "@/components/ui/menu";
import { type BulkAction, type BulkOrder, isCountChanged, type LeftOne, useBulk } from "@/features/inbox/bulk";
import type { Selection } from "@/features/inbox/selection";
import { TagDialog } from "@/features/inbox/tag-dialog";
import { texts } from "@/features/inbox/texts";
import type { LeadFilter } from "@/leads/filter";
import type { Lead } from "@/leads/lead";
import { shortName, whoAnswers } from "@/leads/names";
import { countQuery, membersQuery } from "@/leads/queries";
import { KEYS_OF_SELECTION } from "@/lib/keys";
import { useShortcuts } from "@/lib/shortcuts";

const AT_MOST = 10_000;

type Order = Omit<BulkOrder, "which">;

/** What is done with all that are chosen; in the list's header while any are. */
export function BulkBar({
  selection,
  leads,
  filter,
  hasMore,
  hasKeys,
  onLeftAlone,
}: {
  selection: Selection;
  leads: readonly Lead[];
  filter: LeadFilter;
  hasMore: boolean;
  hasKeys: boolean;
  onLeftAlone: (left: readonly LeftOne[]) => void;
}) {
  const [tagging, setTagging] = useState<"tag" | "untag">();
  const [asked, setAsked] = useState<Order>();
  const members = useQuery(membersQuery());
  const matching = useQuery({ ...countQuery(filter), enabled: hasMore || selection.isAll });
  const count = matching.data;
  const bulk = useBulk((left) => {
    onLeftAlone(left);
    selection.clear();
  });
  const isTooMany = selection.isAll && (count?.isMore ?? false);
  const isReady = !bulk.isPending && !isTooMany && (!selection.isAll || count !== undefined);
  const isArchive = filter.status?.length === 1 && filter.status[0] === "archived";
  const isHeld = filter.quarantined ?? false;
  const shown = selection.isAll ? Math.min(count?.count ?? selection.count, AT_MOST) : selection.count;

  const run = (order: Order) => {
    // Nothing takes a discard back.
    if (selection.isAll || order.action === "discard") {
      bulk.reset();
      setAsked(order);
    } else {
      bulk.mutate({ ...order, which: { ids: [...selection.ids] } });
    }
  };
  const runAsked = () =>
    asked &&
    bulk.mutate(
      {
        ...asked,
        which: selection.isAll ? { filter, expectedCount: count?.count ?? 0 } : { ids: [...selection.ids] },
      },
      { onError: (error) => (isCountChanged(error) ? void matching.refetch() : setAsked(undefined)) },
    );
  const put = isArchive ? "unarchive" : "archive";
  useShortcuts([
    ...(hasKeys && isReady && !isHeld
      ? [
          {
            ...KEYS_OF_SELECTION.archive,
            label: texts.bulk[put],
            run: () => run({ action: put }),
          },
          { ...KEYS_OF_SELECTION.acknowledge, run: () => run({ action: "acknowledge" }) },
        ]
      : []),
    { ...KEYS_OF_SELECTION.clear, run: selection.clear },
  ]);

  return (
    <div role="group" aria-label={texts.selection} className="grid gap-1.5">
      <div className="flex items-center gap-1">
        <Button
          variant="quiet"
          size="icon-s"
          aria-label={texts.clearSelection}
          className="max-md:size-11"
          onClick={selection.clear}
        >
          <X />
        </Button>
        <span role="status" className="me-auto text-s font-medium tabular">
          {texts.selected(shown)}
        </span>
        {isHeld &&
          (["release", "discard"] as const).map((action) => (
            <BulkButton key={action} action={action} disabled={!isReady} onClick={() => run({ action })} />
          ))}
        {!isArchive &&
          !isHeld &&
          (["read", "acknowledge"] as const).map((action) => (
            <BulkButton key={action} action={action} disabled={!isReady} onClick={() => run({ action })} />
          ))}
        {!isHeld && (
          <>
            <BulkButton action={put} disabled={!isReady} onClick={() => run({ action: put })} />
            <Menu
              trigger={
                <Button
                  variant="quiet"
                  size="icon-s"
                  aria-label={texts.bulk.assign}
                  title={texts.bulk.assign}
                  disabled={!isReady}
                  className="max-md:size-11"
                >
                  <UserRound />
                </Button>
              }
            >
              <MenuItem onSelect={() => run({ action: "assign", assignee: null })}>{texts.nobody}</MenuItem>
              {whoAnswers(members.data)?.map(({ id, email }) => (
                <MenuItem key={id} onSelect={() => run({ action: "assign", assignee: id })}>
                  {shortName(email)}
                </MenuItem>
              ))}
            </Menu>
            <Menu
              trigger={
                <Button
                  variant="quiet"
                  size="icon-s"
                  aria-label={texts.tags}
                  title={texts.tags}
                  disabled={!isReady}
                  className="max-md:size-11"
                >
                  <Tag />
                </Button>
              }
            >
              <MenuItem onSelect={() => setTagging("tag")}>{texts.bulk.tag}</MenuItem>
              <MenuItem onSelect={() => setTagging("untag")}>{texts.bulk.untag}</MenuItem>
            </Menu>
          </>
        )}
      </div>
      <More selection={selection} loaded={leads.length} matching={hasMore ? count : undefined} />
      {isTooMany && <p className="text-s text-warn">{texts.tooMany}</p>}
      {tagging && (
        <TagDialog
          title={texts.bulk[tagging]}
          onClose={() => setTagging(undefined)}
          onChosen={(tag) => run({ action: tagging, tags: [tag] })}
        />
      )}
      {asked && (
        <Confirm
          open
          onOpenChange={(open) => !open && setAsked(undefined)}
          title={texts.sure[asked.action](shown)}
          action={texts.bulk[asked.action]}
          busy={bulk.isPending || matching.isFetching}
          onConfirm={runAsked}
        >
          {isCountChanged(bulk.error)
            ? texts.countChanged(shown)
            : asked.action === "discard"
              ? texts.sureToDiscard
              : texts.sureAbout}
        </Confirm>
      )}
    </div>
  );
}

/** From some to all that are loaded, and from there to all that match. */
function More({
  selection,
  loaded,
  matching,
}: {
  selection: Selection;
  loaded: number;
  matching: { count: number; isMore: boolean } | undefined;
}) {
  if (selection.isAll) {
    return null;
  }
  const isWhole = selection.count >= loaded;
  if (isWhole && !matching) {
    return null;
  }
  return (
    <Button
      variant="link"
      size="s"
      onClick={isWhole ? selection.chooseAll : selection.chooseLoaded}
      className="ms-2 min-h-6 justify-self-start max-md:min-h-11"
    >
      {isWhole && matching ? texts.selectAll(matching.count, matching.isMore) : texts.selectLoaded(loaded)}
    </Button>
  );
}

const ICONS = {
  read: MailOpen,
  acknowledge: Check,
  archive: Archive,
  unarchive: ArchiveRestore,
  release: ShieldCheck,
  discard: Ban,
} as const;

function BulkButton({
  action,
  disabled,
  onClick,
}: {
  action: BulkAction & keyof typeof ICONS;
  disabled: boolean;
  onClick: () => void;
}) {
  const Icon = ICONS[action];
  const label = texts.bulk[action];
  if (action === "release" || action === "discard") {
    return (
      <Button
        variant={action === "discard" ? "danger" : "quiet"}
        size="s"
        disabled={disabled}
        className="max-md:h-11"
        onClick={onClick}
      >
        <Icon /> {label}
      </Button>
    );
  }
  return (
    <Button
      variant="quiet"
      size="icon-s"
      aria-label={label}
      title={label}
      disabled={disabled}
      className="max-md:size-11"
      onClick={onClick}
    >
      <Icon />
    </Button>
  );
}
