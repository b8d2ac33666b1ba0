-- A channel with a recipient does not wait for a code. A trigger, because the platform may write the recipient itself: it vouches for it.
-- Runs: before an update of config or awaits_confirmation of a row of public.message_channels.

create or replace function messaging.end_wait() returns trigger language plpgsql set search_path = '' as $$
begin
  new.awaits_confirmation := new.awaits_confirmation and coalesce(btrim(new.config ->> 'to'), '') = '';
  return new;
end $$;

revoke all on function messaging.end_wait() from public, anon, authenticated;

create or replace trigger end_wait before update of config, awaits_confirmation on public.message_channels
for each row when (new.awaits_confirmation) execute function messaging.end_wait();
