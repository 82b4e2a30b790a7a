package eu.sinusnode.system.browser;

import eu.sinusnode.launcher.app.AppServer;
import eu.sinusnode.system.RunningSystem;
import eu.sinusnode.system.SystemExtension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests a {@link Clinic}: the running system, the served app and a browser, each of them once a test run. */
final class BrowserExtension implements ParameterResolver {

    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(BrowserExtension.class);

    private record Held(Clinic clinic, Chromium chromium, AppServer app)
            implements ExtensionContext.Store.CloseableResource {
        static Held start(RunningSystem system) {
            Chromium chromium = new Chromium();
            AppServer app = AppServer.start(system.installation());
            return new Held(new Clinic(system, chromium.browser(), app.address()), chromium, app);
        }

        @Override
        public void close() {
            chromium.close();
            app.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Clinic.class;
    }

    @Override
    public Clinic resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent("clinic", key -> Held.start(SystemExtension.system(context)), Held.class)
                .clinic();
    }
}
