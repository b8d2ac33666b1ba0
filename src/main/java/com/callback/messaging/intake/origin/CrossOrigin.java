package com.callback.messaging.intake.origin;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.filter.CorsFilter;

/** Puts the rules for pages of other origins before the API and the thanks for a form. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CrossOriginSettings.class)
class CrossOrigin {

  /** Once the routes run, and before a body is read: a preflight goes no further. */
  private static final int ORDER = 15;

  @Bean
  FilterRegistrationBean<CorsFilter> corsFilter(
      CrossOriginSettings settings, ListedOrigins listed) {
    var rules = new CorsFilter(new CrossOriginRules(settings.appOrigins(), listed));
    rules.setCorsProcessor(new WhereNoRuleIs());
    var filter = new FilterRegistrationBean<>(rules);
    filter.addUrlPatterns("/api/*", "/f/*");
    filter.setOrder(ORDER);
    return filter;
  }

  /** The script says itself that any page may have it; only a preflight needs an answer. */
  @Bean
  FilterRegistrationBean<CorsFilter> scriptFilter() {
    var filter =
        new FilterRegistrationBean<CorsFilter>(
            new CorsFilter(request -> CrossOriginRules.FOR_ANYBODY) {
              @Override
              protected boolean shouldNotFilter(HttpServletRequest request) {
                return !CorsUtils.isPreFlightRequest(request);
              }
            });
    filter.setName("scriptFilter");
    filter.addUrlPatterns("/widget.js");
    filter.setOrder(ORDER);
    return filter;
  }
}
