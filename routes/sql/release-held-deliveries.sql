-- Lets go what is held for a reason that is no longer true: written while its target was being enabled, or for a channel that
-- an earlier version of the service did not know. What is held for a target that was deleted meanwhile ends.
with released as (
  select d.id, d.held_reason = 'disabled' and s.id is null or d.held_reason = 'channel off' and c.id is null as orphaned
  from messaging.deliveries d
  left join messaging.webhook_subscriptions s on s.id = d.lane
  left join public.message_channels c on c.business_id = d.business_id and c.channel_type = d.channel
  where d.state = 'held'
    and (d.held_reason = 'disabled' and (s.id is null or s.disabled_at is null and coalesce(c.is_enabled, true))
      or d.held_reason = 'channel off' and (c.id is null or c.is_enabled and s.disabled_at is null)
      or d.held_reason = 'unknown channel' and d.channel = any (string_to_array(:#${bean:channels?method=names}, ',')))
)
update messaging.deliveries d
set state = case when released.orphaned then 'cancelled' else 'pending' end, held_reason = null,
  last_error = case when released.orphaned then 'Its target was deleted' else d.last_error end,
  ended_at = case when released.orphaned then cast(:#${bean:now} as timestamptz) end, updated_at = cast(:#${bean:now} as timestamptz)
from released
where d.id = released.id and d.state = 'held'
