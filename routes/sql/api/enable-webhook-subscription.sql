-- Enables a subscription; what was held is let go page by page, at this pace.
update messaging.webhook_subscriptions s
set disabled_at = null, disabled_reason = null, failing_since = case when s.disabled_at is null then s.failing_since end,
  drain_per_minute = coalesce(
    cast(cast(cast(:#${variable.input.body} as jsonb) ->> 'drainPerMinute' as numeric) as integer), s.drain_per_minute),
  updated_at = cast(:#${bean:now?method=moment} as timestamptz)
where s.id = cast(:#${variable.input.values[id]} as uuid)
returning cast(s.id as text)
