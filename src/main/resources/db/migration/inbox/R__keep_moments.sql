-- read_at, acknowledged_at, responded_at and archived_at follow the status of a lead, and its revision grows with each change by
-- people, whoever makes the change.
-- Runs: before an update that changes status, priority, assignee, tags, call outcome or call-back time of a lead.

create or replace function messaging.keep_moments() returns trigger language plpgsql set search_path = '' as $$
declare
  moment timestamptz := case when new.updated_at is distinct from old.updated_at then new.updated_at else now() end;
begin
  new.revision := old.revision + 1;
  if new.status is distinct from old.status then
    if new.status <> 'archived' then
      new.archived_at := null;
      new.read_at := case when new.status <> 'unread' then coalesce(old.read_at, moment) end;
      new.acknowledged_at := case when new.status in ('acknowledged', 'responded') then coalesce(new.acknowledged_at, moment)
        -- A platform that says so in the same breath knows better.
        when new.acknowledged_at is distinct from old.acknowledged_at then new.acknowledged_at end;
      new.responded_at := case when new.status = 'responded' then coalesce(old.responded_at, moment) end;
      if new.status in ('unread', 'read') and new.acknowledged_at is null then
        new.acknowledged_by := null;
        new.acknowledged_by_member := null;
      end if;
    else
      new.archived_at := moment;
    end if;
  end if;
  return new;
end $$;

revoke all on function messaging.keep_moments() from public, anon, authenticated;

create or replace trigger keep_moments before update of status, priority, assigned_to, tags, call_outcome, call_again_at on public.messages
for each row when (
  old.status is distinct from new.status or old.priority is distinct from new.priority
  or old.assigned_to is distinct from new.assigned_to or old.tags is distinct from new.tags
  or old.call_outcome is distinct from new.call_outcome or old.call_again_at is distinct from new.call_again_at)
execute function messaging.keep_moments();
