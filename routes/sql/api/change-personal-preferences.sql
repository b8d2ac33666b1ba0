-- Changes what was given of how the caller is told on their own screen, and nothing else; where nothing of it was, there is nothing to do.
with input as (
  select body -> 'screen' as screen from (select cast(:#${variable.input.body} as jsonb) as body) given where jsonb_exists(body, 'screen')
)
insert into messaging.personal_preferences as p (business_id, person_id, show_badge, show_toast, sound, updated_at)
select cast(:#${variable.caller.businessId} as uuid), cast(:#${variable.caller.id} as uuid), cast(screen ->> 'badge' as boolean),
  cast(screen ->> 'toast' as boolean), screen ->> 'sound', cast(:#${bean:now?method=moment} as timestamptz)
from input
on conflict (business_id, person_id) do update
set (show_badge, show_toast, sound, updated_at) = (
  select coalesce(cast(screen ->> 'badge' as boolean), p.show_badge), coalesce(cast(screen ->> 'toast' as boolean), p.show_toast),
    coalesce(screen ->> 'sound', p.sound), excluded.updated_at
  from input)
