package eu.sinusnode.server.configuration;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * FHIR packages of others. A resource that claims one of their profiles is checked against it too.
 *
 * @param folder directory with their archives (*.tgz), read when the server starts; without it there are none
 */
@ConfigurationProperties("sinusnode.packages")
public record PackageProperties(@Nullable Path folder) {}
