-- Whether a target takes deliveries: 'on', 'disabled', 'channel off', or 'gone'.
-- Runs: called by move_page(), and by the statements that claim deliveries and find switched targets.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.target_state(channel text, business uuid, lane uuid) returns text language sql stable set search_path = '' as $$
  select case
    when target_state.channel = 'webhook' and target_state.lane <> target_state.business and s.id is null then 'gone'
    when s.disabled_at is not null then 'disabled'
    when not c.is_enabled then 'channel off'
    else 'on' end
  from (select) this
  left join messaging.webhook_subscriptions s on s.id = target_state.lane
  left join public.message_channels c on c.business_id = target_state.business and c.channel_type = target_state.channel
$$;

revoke all on function messaging.target_state(text, uuid, uuid) from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;
