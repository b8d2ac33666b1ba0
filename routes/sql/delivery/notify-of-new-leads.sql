-- Notifies members of new leads as they prefer; how many businesses had news.
select messaging.notify_of_new_leads(cast(:#${bean:now?method=moment} as timestamptz)) as businesses
