-- Changes what was given of a channel and nothing else: whether it is on, and where it goes. What a platform keeps beside that stays.
-- One that was never set up stays off until somebody switches it on. A recipient that was sent a code changes nothing yet, but that
-- deliveries of a channel without another recipient wait for it.
with input as (
  select cast(:#${variable.input.body} as jsonb) as body, cast(:#${variable.input.values[type]} as text) as type,
    jsonb_build_object('to', cast(:#${variable.recipient.open} as text)) as way,
    coalesce(cast(:#${variable.confirmationOutcome} as text) = 'sent', false) as waits
)
insert into public.message_channels as c (business_id, channel_type, is_enabled, config, awaits_confirmation, updated_at)
select cast(:#${variable.caller.businessId} as uuid), type, coalesce(cast(body ->> 'isEnabled' as boolean), false),
  case when type = 'webhook' or waits then '{}' else way end, waits, cast(:#${bean:now?method=moment} as timestamptz)
from input
on conflict (business_id, channel_type) do update
set (is_enabled, config, awaits_confirmation, updated_at) = (
  select coalesce(cast(body ->> 'isEnabled' as boolean), c.is_enabled),
    case when jsonb_exists(body, 'recipient') and not waits then c.config || way else c.config end,
    case when jsonb_exists(body, 'recipient') then waits else c.awaits_confirmation end, excluded.updated_at
  from input)
returning channel_type
