-- Whether a target takes deliveries: 'on', 'disabled', 'channel off', 'unconfirmed recipient' (there is none before its code was entered),
-- or 'gone'; of a webhook subscription also its URL, its rate limit and when that allows the next request, and whether the events of a lead
-- are sent one after the other. Has no settings (set …), so that PostgreSQL can inline it: statements ask it for thousands of targets.
-- Runs: called by target_state(), and by the statements that claim deliveries.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.target(channel text, business uuid, lane uuid)
returns table (state text, url text, rate_limit integer, next_send_at timestamptz, is_ordered boolean) language sql stable as $$
  select case
    when target.channel = 'webhook' and target.lane <> target.business and s.id is null then 'gone'
    when s.disabled_at is not null then 'disabled'
    when not c.is_enabled then 'channel off'
    when c.awaits_confirmation then 'unconfirmed recipient'
    else 'on' end,
    s.url, s.rate_limit, s.next_send_at, s.ordering is not distinct from 'per-lead'
  from (select) this
  left join messaging.webhook_subscriptions s on target.channel = 'webhook' and s.id = target.lane
  left join public.message_channels c on c.business_id = target.business and c.channel_type = target.channel
$$;

revoke all on function messaging.target(text, uuid, uuid) from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;
