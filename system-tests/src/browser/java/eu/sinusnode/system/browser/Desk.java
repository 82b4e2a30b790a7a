package eu.sinusnode.system.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** One person's browser: tabs that share cookies. */
final class Desk implements AutoCloseable {

    private static final double PATIENCE_MILLIS = 30_000;

    private final Clinic clinic;
    private final Screen screen;
    private final BrowserContext context;
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    /** @param login cookies of somebody who is logged in, as {@link #login} gives them; null: of nobody */
    Desk(Clinic clinic, Browser browser, Screen screen, @Nullable String login) {
        this.clinic = clinic;
        this.screen = screen;
        this.context = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(screen.width(), screen.height())
                .setLocale("en-GB")
                .setTimezoneId("Europe/Berlin")
                .setStorageState(login));
        context.setDefaultTimeout(PATIENCE_MILLIS);
        context.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.text());
            }
        });
        context.onWebError(error -> complaints.add(error.error()));
    }

    Tab tab() {
        return new Tab(clinic, screen, context.newPage());
    }

    /** Who is logged in, for a further browser. */
    String login() {
        return context.storageState();
    }

    /** What the browser's console said on all pages: errors and warnings. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    @Override
    public void close() {
        context.close();
    }
}
