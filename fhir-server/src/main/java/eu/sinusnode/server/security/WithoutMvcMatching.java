package eu.sinusnode.server.security;

import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.core.Ordered;

/**
 * Keeps Spring Security from having Spring MVC look for a handler of each request before the first filter, which takes a
 * fifteenth of a read. Only matchers made of plain texts need that; the rules here are made of path patterns, and MVC
 * serves nothing but {@code /actuator}. It has to run before Spring Security's own, which has no order.
 */
final class WithoutMvcMatching implements BeanDefinitionRegistryPostProcessor, Ordered {

    private static final String INTROSPECTOR = "mvcHandlerMappingIntrospector";

    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
        if (registry.containsBeanDefinition(INTROSPECTOR)) {
            registry.removeBeanDefinition(INTROSPECTOR);
        }
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
