package com.callback.messaging.inbox.lead;

/**
 * What is to become of leads.
 *
 * @param move its name; null where they stay where they stand
 * @param assigneeField the field of the request that names who is to have them
 * @param json the same as {@code change-leads.sql} reads it
 */
public record Change(String move, String assigneeField, String json) {}
