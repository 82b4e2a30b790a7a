package eu.sinusnode.server.limits;

import eu.sinusnode.server.configuration.LimitProperties;
import eu.sinusnode.server.configuration.SlowClientProperties;
import jakarta.servlet.Filter;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Time for requests, and patience with their clients. */
@Configuration
class LimitsConfiguration {

    /** Directly after the filter that gives the request its id. */
    private static final int FIRST = Ordered.HIGHEST_PRECEDENCE + 1;

    @Bean
    RequestTime requestTime() {
        return new RequestTime(System::nanoTime);
    }

    @Bean
    FilterRegistrationBean<Filter> requestTimeFilter(RequestTime time, LimitProperties limits) {
        return first(new RequestTimeFilter(time, limits.requestTime()), FIRST);
    }

    @Bean
    FilterRegistrationBean<Filter> slowReaderFilter(RequestTime time, SlowClientProperties slow) {
        return first(new SlowReaderFilter(Pace.of(slow), time), FIRST + 1);
    }

    @Bean
    SlowClients slowClients(RequestTime time, SlowClientProperties slow) {
        return new SlowClients(slow, time);
    }

    private static FilterRegistrationBean<Filter> first(Filter filter, int order) {
        FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(order);
        return registration;
    }
}
