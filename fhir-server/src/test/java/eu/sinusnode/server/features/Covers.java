package eu.sinusnode.server.features;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says which features of the standard's pages a test shows. The names are those of {@code rest-features.csv}, e.g. {@code
 * http.html#vread}; {@link RestFeaturesTest} makes {@code docs/rest-features.md} of them. On a test of something that is
 * closed it says where the refusal is shown.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Covers {
    String[] value();
}
