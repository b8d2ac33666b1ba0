-- Receivers differ: a subscription may have a payload template, a rate limit, one request at a time for each lead, and an access token of
-- its own authorization server. The claim reads the limits with the target, so that other subscriptions pay nothing for them.

alter table messaging.webhook_subscriptions
  add column payload_template text check (char_length(payload_template) <= 16384),
  add column rate_limit integer check (rate_limit between 1 and 6000),
  add column next_send_at timestamptz,
  add column ordering text not null default 'none' check (ordering in ('none', 'per-lead')),
  add column authentication jsonb check (jsonb_typeof(authentication) = 'object');

-- Claims lock the subscriptions with a limit, and look at no other for it.
create index webhook_subscriptions_rate_limit on messaging.webhook_subscriptions (id) where rate_limit is not null;

grant insert (payload_template, rate_limit, ordering, authentication),
  update (payload_template, rate_limit, next_send_at, ordering, authentication) on messaging.webhook_subscriptions to authenticated;
grant select (rate_limit) on messaging.webhook_subscriptions to messaging_intake;

-- A function with another result must be dropped. It is created anew in the same commit, because an older instance may be claiming; a new
-- database has it from here on.
grant create on schema messaging to messaging_worker;
set local role messaging_worker;

drop function if exists messaging.target(text, uuid, uuid);

create function messaging.target(channel text, business uuid, lane uuid)
returns table (state text, url text, rate_limit integer, next_send_at timestamptz, is_ordered boolean) language sql stable as $$
  select case
    when target.channel = 'webhook' and target.lane <> target.business and s.id is null then 'gone'
    when s.disabled_at is not null then 'disabled'
    when not c.is_enabled then 'channel off'
    else 'on' end,
    s.url, s.rate_limit, s.next_send_at, s.ordering is not distinct from 'per-lead'
  from (select) this
  left join messaging.webhook_subscriptions s on target.channel = 'webhook' and s.id = target.lane
  left join public.message_channels c on c.business_id = target.business and c.channel_type = target.channel
$$;

revoke all on function messaging.target(text, uuid, uuid) from public, anon, authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;
