-- Ends one kind of digest of a business, as its recipient asked by the link in it. The audit log has it once.
with ended as (
  insert into public.notification_preferences as p (business_id, email_daily_summary, email_weekly_summary)
  values (cast(:#business as uuid), cast(:#kind as text) <> 'daily', cast(:#kind as text) <> 'weekly')
  on conflict (business_id) do update
  set email_daily_summary = p.email_daily_summary and excluded.email_daily_summary,
    email_weekly_summary = p.email_weekly_summary and excluded.email_weekly_summary,
    updated_at = cast(:#${bean:now?method=moment} as timestamptz)
  where p.email_daily_summary and not excluded.email_daily_summary or p.email_weekly_summary and not excluded.email_weekly_summary
  returning p.business_id
)
insert into messaging.audit_entries (business_id, at, actor_kind, actor, action, details)
select ended.business_id, cast(:#${bean:now?method=moment} as timestamptz), 'service', 'unsubscribe link', 'end-digest',
  jsonb_build_object('kind', cast(:#kind as text))
from ended
