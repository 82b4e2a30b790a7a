package eu.sinusnode.server.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class PropertiesTest {

    private static final String ISSUER = "https://login.example.org/realms/sinusnode";
    private static final String BASE = "https://fhir.example.org/fhir";

    @Test
    void theBaseUrlIsAUrlWithoutSlash() {
        assertThat(new ServiceProperties(Path.of("x"), BASE).origin()).isEqualTo("https://fhir.example.org");
        refused(() -> new ServiceProperties(Path.of("x"), BASE + "/"), "sinusnode.base-url");
        refused(() -> new ServiceProperties(Path.of("x"), "fhir.example.org"), "sinusnode.base-url");
    }

    @Test
    void anExternalDatabaseIsPostgresWithCredentials() {
        assertThatCode(() -> new DatabaseProperties(null, null, null, 20)).doesNotThrowAnyException();
        assertThatCode(() -> new DatabaseProperties("jdbc:postgresql://db/sinusnode", "u", "p", 20))
                .doesNotThrowAnyException();
        refused(() -> new DatabaseProperties("jdbc:h2:mem:x", "u", "p", 20), "jdbc:postgresql:");
        refused(() -> new DatabaseProperties("jdbc:postgresql://db/sinusnode", "u", null, 20), "password");
        refused(() -> new DatabaseProperties(null, null, null, 1), "pool-size");
    }

    @Test
    void exportsHaveBounds() {
        assertThatCode(() -> exports(2, 100, DataSize.ofGigabytes(50), Duration.ofHours(24)))
                .doesNotThrowAnyException();
        refused(() -> exports(0, 100, DataSize.ofGigabytes(50), Duration.ofHours(24)), "sinusnode.export.workers");
        refused(() -> exports(2, 0, DataSize.ofGigabytes(50), Duration.ofHours(24)), "patients-per-range");
        refused(() -> exports(2, 100, DataSize.ofMegabytes(1), Duration.ofHours(24)), "sinusnode.export.disk");
        refused(() -> exports(2, 100, DataSize.ofGigabytes(50), Duration.ofDays(31)), "expires-after");
        assertThatCode(() -> exports(5)).doesNotThrowAnyException();
        refused(() -> exports(4), "smallest-group");
        refused(() -> exports(1_001), "smallest-group");
        assertThatCode(() -> exportsAtOnce(4, 4)).doesNotThrowAnyException();
        refused(() -> exportsAtOnce(4, 5), "ranges-at-once");
        refused(() -> exportsAtOnce(4, 0), "ranges-at-once");
    }

    private static ExportProperties exportsAtOnce(int workers, int ranges) {
        return exports(workers, 100, ranges, DataSize.ofGigabytes(50), Duration.ofHours(24), 10);
    }

    @Test
    void importsAreBounded() {
        DataSize line = DataSize.ofMegabytes(1);
        Duration week = Duration.ofDays(7);
        assertThatCode(() -> imports(2, 2_000, line, week)).doesNotThrowAnyException();
        refused(() -> imports(0, 2_000, line, week), "sinusnode.import.workers");
        refused(() -> imports(17, 2_000, line, week), "sinusnode.import.workers");
        refused(() -> imports(2, 0, line, week), "lines-per-transaction");
        refused(() -> imports(2, 10_001, line, week), "lines-per-transaction");
        refused(() -> imports(2, 2_000, DataSize.ofKilobytes(1), week), "line-size");
        refused(() -> imports(2, 2_000, line, Duration.ofSeconds(1)), "expires-after");
    }

    @Test
    void overdueSignOffsAreLookedForOftenEnough() {
        assertThatCode(() -> new SignOffProperties(Duration.ofMinutes(1))).doesNotThrowAnyException();
        refused(() -> new SignOffProperties(Duration.ZERO), "sinusnode.sign-off.look-every");
        refused(() -> new SignOffProperties(Duration.ofHours(25)), "sinusnode.sign-off.look-every");
    }

    @Test
    void whatIsMoreUrgentIsTakenUpSooner() {
        assertThatCode(() -> questions(10, 60, 480)).doesNotThrowAnyException();
        assertThatCode(() -> questions(60, 60, 60)).doesNotThrowAnyException();
        refused(() -> questions(0, 60, 480), "sinusnode.questions.stat-within");
        refused(() -> questions(61, 60, 480), "sinusnode.questions.stat-within");
        refused(() -> questions(10, 60, 59), "sinusnode.questions.urgent-within");
        refused(() -> questions(10, 60, 7 * 24 * 60 + 1), "sinusnode.questions.urgent-within");
    }

    private static QuestionProperties questions(int stat, int asap, int urgent) {
        return new QuestionProperties(Duration.ofMinutes(stat), Duration.ofMinutes(asap), Duration.ofMinutes(urgent));
    }

    @Test
    void subscriptionsHaveBounds() {
        Duration week = Duration.ofDays(7);
        assertThatCode(() -> new SubscriptionProperties(2, 100, week, week, week, 9))
                .doesNotThrowAnyException();
        refused(() -> new SubscriptionProperties(0, 100, week, week, week, 9), "workers");
        refused(() -> new SubscriptionProperties(9, 100, week, week, week, 9), "workers");
        refused(() -> new SubscriptionProperties(2, 0, week, week, week, 9), "per-client");
        refused(() -> new SubscriptionProperties(2, 100, Duration.ofDays(91), week, week, 9), "contact-within");
        refused(() -> new SubscriptionProperties(2, 100, week, Duration.ZERO, week, 9), "give-up-after");
        refused(() -> new SubscriptionProperties(2, 100, week, week, Duration.ofDays(91), 9), "told-kept-for");
        refused(() -> new SubscriptionProperties(2, 100, week, week, week, 0), "sockets");
    }

    private static ImportProperties imports(int workers, int lines, DataSize line, Duration expiry) {
        return new ImportProperties(null, workers, 3, 1_000, lines, line, 10_000, expiry, Duration.ofSeconds(30));
    }

    private static ExportProperties exports(int smallestGroup) {
        return exports(2, 100, DataSize.ofGigabytes(50), Duration.ofHours(24), smallestGroup);
    }

    private static ExportProperties exports(int workers, int range, DataSize disk, Duration expiry) {
        return exports(workers, range, disk, expiry, 10);
    }

    private static ExportProperties exports(int workers, int range, DataSize disk, Duration expiry, int smallestGroup) {
        return exports(workers, range, 1, disk, expiry, smallestGroup);
    }

    private static ExportProperties exports(
            int workers, int range, int rangesAtOnce, DataSize disk, Duration expiry, int smallestGroup) {
        return new ExportProperties(
                workers,
                3,
                range,
                rangesAtOnce,
                2_000,
                DataSize.ofMegabytes(256),
                disk,
                expiry,
                smallestGroup,
                Duration.ofSeconds(30));
    }

    @Test
    void thePortIsAPort() {
        assertThatCode(() -> new PostgresProperties(54329)).doesNotThrowAnyException();
        refused(() -> new PostgresProperties(0), "sinusnode.postgres.port");
        refused(() -> new PostgresProperties(70000), "sinusnode.postgres.port");
    }

    @Test
    void theIssuersKeysAreWhereKeycloakHasThemUnlessSaidOtherwise() {
        assertThat(new OAuthProperties(ISSUER, BASE, null, null, "fhir-server", null, Duration.ofSeconds(10)).keys())
                .isEqualTo(ISSUER + "/protocol/openid-connect/certs");
        assertThat(new OAuthProperties(
                                ISSUER, BASE, "https://keys.example.org/", null, "fhir-server", null, Duration.ZERO)
                        .keys())
                .isEqualTo("https://keys.example.org/");
        refused(
                () -> new OAuthProperties("login", BASE, null, null, "fhir-server", null, Duration.ZERO),
                "sinusnode.oauth.issuer");
        refused(
                () -> new OAuthProperties(ISSUER, "x", null, null, "fhir-server", null, Duration.ZERO),
                "sinusnode.oauth.audience");
        refused(
                () -> new OAuthProperties(ISSUER, BASE, null, null, "fhir-server", null, Duration.ofMinutes(5)),
                "clock-skew");
    }

    @Test
    void originsAreExact() {
        assertThatCode(() -> new CorsProperties(
                        List.of("https://app.example.org", "http://127.0.0.1:8765", "http://[::1]:1")))
                .doesNotThrowAnyException();
        for (String origin :
                List.of("*", "https://*.example.org", "https://app.example.org/", "null", "app.example.org")) {
            refused(() -> new CorsProperties(List.of(origin)), "sinusnode.cors.origins");
        }
    }

    @Test
    void limitsStayWithinReason() {
        assertThatCode(() -> limits(DataSize.ofMegabytes(16), 50, 500, 300)).doesNotThrowAnyException();
        refused(() -> limits(DataSize.ofGigabytes(1), 50, 500, 300), "request-body");
        refused(() -> limits(DataSize.ofMegabytes(16), 501, 500, 300), "page-size");
        refused(() -> limits(DataSize.ofMegabytes(16), 50, 5000, 300), "max-page-size");
        refused(() -> limits(DataSize.ofMegabytes(16), 50, 500, 0), "patients-per-search");
    }

    @Test
    void wordsGoToAnotherMachineEncryptedOnly() {
        for (String url :
                List.of("https://search.example.org:9200", "http://127.0.0.1:9200", "http://localhost:9200")) {
            assertThatCode(() -> fullText(url, "u", "p")).doesNotThrowAnyException();
        }
        assertThatCode(() -> fullText(null, null, null)).doesNotThrowAnyException();
        refused(() -> fullText("http://search.example.org:9200", "u", "p"), "https");
        refused(() -> fullText("https://search.example.org:9200/", "u", "p"), "elasticsearch-url");
        refused(() -> fullText("https://search.example.org:9200", "u", null), "elasticsearch-password");
    }

    @Test
    void aVideoServiceIsReachedOverTlsAndItsUrlHasRoomForAToken() {
        Duration before = Duration.ofMinutes(15);
        assertThat(new VideoProperties(null, before).url()).isNull();
        assertThat(new VideoProperties("https://video.example.org/room", Duration.ZERO).url())
                .isNotNull();
        assertThat(new VideoProperties("http://localhost:8090", before).url()).isNotNull();
        for (String url : new String[] {
            "http://video.example.org",
            "video.example.org",
            "https://video.example.org/#a",
            "https://video.example.org?a",
            ""
        }) {
            refused(() -> new VideoProperties(url, before), "sinusnode.video.url");
        }
        refused(() -> new VideoProperties(null, Duration.ofMinutes(61)), "sinusnode.video.opens-before");
        refused(() -> new VideoProperties(null, Duration.ofSeconds(-1)), "sinusnode.video.opens-before");
    }

    private static FullTextProperties fullText(
            @Nullable String url, @Nullable String username, @Nullable String password) {
        return new FullTextProperties(url, username, password, Duration.ofSeconds(1), Duration.ofSeconds(5));
    }

    private static LimitProperties limits(DataSize body, int page, int maxPage, int patients) {
        return new LimitProperties(
                body,
                1000,
                DataSize.ofMegabytes(32),
                Duration.ofSeconds(30),
                Duration.ofMinutes(30),
                page,
                maxPage,
                patients,
                Duration.ofMinutes(5));
    }

    private static void refused(ThrowingCallable construction, String named) {
        assertThatThrownBy(construction)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named)
                .hasMessageEndingWith(".");
    }
}
