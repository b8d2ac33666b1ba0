-- What an invitation's page shows, while it can be accepted.
select coalesce(bs.name, to_jsonb(b) ->> 'name') as business, i.email, i.role
from messaging.invitations i
join public.businesses b on b.id = i.business_id
left join messaging.business_settings bs on bs.business_id = b.id
where i.id = cast(:#${variable.link} as uuid) and i.accepted_at is null and i.withdrawn_at is null
  and i.expires_at > cast(:#${bean:now?method=moment} as timestamptz)
