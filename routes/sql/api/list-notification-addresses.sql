-- Where the caller is notified: their own address and number, and what still waits for its code. Without an address of their own a mail goes to
-- the one by which they sign in.
select cast(json_build_object('items', json_agg(json_build_object(
    'type', channel.type, 'recipient', coalesce(own.address, case when channel.type = 'email' then member.email end),
    'isOwn', own.address is not null, 'confirmedAt', messaging.iso(own.confirmed_at),
    'pendingRecipient', pending.address, 'pendingUntil', messaging.iso(pending.expires_at)) order by channel.place)) as text) as addresses
from (select cast(:#${variable.caller.businessId} as uuid) as business_id, cast(:#${variable.caller.id} as uuid) as id) caller
cross join unnest(array['email', 'sms']) with ordinality as channel (type, place)
left join messaging.business_members member on member.business_id = caller.business_id and member.user_id = caller.id
left join messaging.member_addresses own
  on own.business_id = caller.business_id and own.user_id = caller.id and own.channel = channel.type
left join messaging.confirmations pending on pending.business_id = caller.business_id and pending.member_id = caller.id
  and pending.channel = channel.type and pending.confirmed_at is null and pending.replaced_at is null
