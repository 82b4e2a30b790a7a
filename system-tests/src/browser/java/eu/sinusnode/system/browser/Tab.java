package eu.sinusnode.system.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import eu.sinusnode.launcher.cohort.CohortDirectory.Persona;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A tab, in the words of the person before it. */
final class Tab {

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private final Clinic clinic;
    private final Screen screen;
    private final Page page;

    Tab(Clinic clinic, Screen screen, Page page) {
        this.clinic = clinic;
        this.screen = screen;
        this.page = page;
    }

    Tab open(String address) {
        page.navigate(address);
        return this;
    }

    Tab openStart() {
        return open(clinic.app() + "/");
    }

    /** @param kind {@code patient} or {@code clinician} */
    Tab beginLoginAs(String kind) {
        page.locator("#" + kind).click();
        page.locator("#username").waitFor();
        return this;
    }

    Tab enterPassword(String username) {
        page.locator("#username").fill(username);
        page.locator("#password").fill(clinic.password(username));
        page.locator("#kc-login").click();
        return this;
    }

    Tab awaitSecondFactor() {
        page.locator("#otp").waitFor();
        return this;
    }

    Tab enterCode(String username) {
        awaitSecondFactor();
        page.locator("#otp").fill(clinic.code(username));
        page.locator("#kc-login").click();
        return this;
    }

    /** The texts of the patients that the login server offers. */
    List<String> offeredPatients() {
        choices().first().waitFor();
        return choices().allTextContents().stream()
                .map(text -> text.strip().replaceAll("\\s+", " "))
                .toList();
    }

    Tab choose(Persona patient) {
        page.locator("button[name=patient][value='" + patient.id() + "']").click();
        return this;
    }

    Tab awaitChart() {
        page.locator("#record:not([hidden]), #trouble:not([hidden])").waitFor();
        if (trouble().isVisible()) {
            throw new AssertionError("No chart: " + trouble().innerText());
        }
        return this;
    }

    /** Who the banner says this is about. */
    String patientName() {
        return page.locator("#patient-name").innerText();
    }

    /** Circles of the chart; two a reading. */
    int points() {
        return page.locator("#chart .reading circle").count();
    }

    /** The values of the thresholds' labels. */
    List<String> thresholds() {
        return page.locator("#chart text.systolic, #chart text.diastolic").allTextContents();
    }

    /** The sentences of the risk flags that are listed; their numbers are 1, 2, 3 …. */
    List<String> flags() {
        return page.locator("#flags li > p:first-child").allTextContents();
    }

    /** The numbers of the flags whose time is marked in the chart. */
    List<String> flagsInTheChart() {
        return page.locator("#chart .flag text").allTextContents();
    }

    /** {@code systolic/diastolic} of each row, newest first. */
    List<String> rows() {
        return page.locator("#rows tr").all().stream()
                .map(row -> row.locator("td").nth(1).innerText() + "/"
                        + row.locator("td").nth(2).innerText())
                .toList();
    }

    /** Presses Refresh; returns the login server's answer. */
    Response refresh() {
        return page.waitForResponse(
                response -> response.url().endsWith("/token"),
                () -> page.locator("#refresh").click());
    }

    Tab awaitRefreshed() {
        page.locator("#refresh:not([disabled])").waitFor();
        return awaitChart();
    }

    /** The app's error page, awaited: its title. */
    String awaitTrouble() {
        trouble().waitFor();
        return trouble().locator("h1").innerText();
    }

    /** Everything that can be read on the page now. */
    String text() {
        return page.locator("body").innerText();
    }

    Page page() {
        return page;
    }

    /** Writes {@code target/screenshots/<name>-<screen>.png}, the whole page. */
    Tab picture(String name) {
        String file = name + "-" + screen.name().toLowerCase(Locale.ROOT) + ".png";
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(file))
                .setFullPage(true));
        return this;
    }

    /** Whether everything fits the width of the screen. */
    boolean fits() {
        return (Boolean) page.evaluate("document.documentElement.scrollWidth <= window.innerWidth");
    }

    private Locator choices() {
        return page.locator("button[name=patient]");
    }

    private Locator trouble() {
        return page.locator("#trouble");
    }
}
