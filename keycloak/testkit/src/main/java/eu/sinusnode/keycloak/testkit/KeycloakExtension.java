package eu.sinusnode.keycloak.testkit;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a real Keycloak: {@code @ExtendWith(KeycloakExtension.class)} and a parameter of type
 * {@link TestKeycloak}. It is started at first need and ends with the test JVM. The first use on a machine unpacks and
 * builds the distribution (half a minute), each start takes about 15 s on two cores.
 */
public final class KeycloakExtension implements ParameterResolver {

    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(KeycloakExtension.class);

    /** What the root store closes when all tests are done. */
    private record Running(TestKeycloak keycloak) implements ExtensionContext.Store.CloseableResource {
        @Override
        public void close() {
            keycloak.stop();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestKeycloak.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Running.class, type -> new Running(TestKeycloak.start()), Running.class)
                .keycloak();
    }
}
