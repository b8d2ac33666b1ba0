package com.callback.messaging.channel.webhook;
import org.springframework.stereotype.Component; import java.util.List;
@Component public class WebhookSigner { public String sign(String id,long t,byte[] b,List<String> s){return "v1,x";} }
