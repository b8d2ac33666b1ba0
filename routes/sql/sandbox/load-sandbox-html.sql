-- The HTML part of one caught mail.
select html from messaging.sandbox_messages where id = cast(:#message as bigint) and html is not null
