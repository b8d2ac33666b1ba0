-- Lets go what is held for a reason that is no longer true: written while its target was being enabled, or for a channel that
-- an earlier version of the service did not know.
update messaging.deliveries d
set state = 'pending', held_reason = null, updated_at = cast(:#${bean:now} as timestamptz)
where d.state = 'held'
  and (d.held_reason = 'disabled'
      and exists (select from messaging.webhook_subscriptions s where s.id = d.lane and s.disabled_at is null)
    or d.held_reason = 'channel off' and exists (
      select from public.message_channels c
      where c.business_id = d.business_id and c.channel_type = d.channel and c.is_enabled)
    or d.held_reason = 'unknown channel' and d.channel = any (string_to_array(:#${bean:channels?method=names}, ',')))
