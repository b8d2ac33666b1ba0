-- A business may want a digest of a period without anything to report as well: then a missing mail means that something is wrong.
alter table messaging.business_settings add column email_empty_summary boolean not null default false;
grant insert (email_empty_summary), update (email_empty_summary) on messaging.business_settings to authenticated;
