package eu.sinusnode.server.features;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * Writes {@code docs/rest-features.md} from {@code rest-features.csv} and the tests that name its features, or fails when
 * the page says something else. What is said to be there must have a test; what is not, a reason.
 */
class RestFeaturesTest {

    private static final Path PAGE = Path.of("..", "docs", "rest-features.md");
    private static final String UPDATE =
            "mvn -pl fhir-server -am test -Dtest=RestFeaturesTest -Dsurefire.failIfNoSpecifiedTests=false -Dsinusnode.docs.update=true";
    private static final Map<String, String> TITLES = Map.of(
            "http.html", "RESTful API",
            "search.html", "Search",
            "resource-operations.html", "Operations");

    private final List<RestFeature> features = RestFeature.all();
    private final Map<String, Set<String>> tests = tests();

    @Test
    void thePageSaysWhatTheTestsShow() throws IOException {
        String page = page();
        if (Boolean.getBoolean("sinusnode.docs.update")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.exists(PAGE) ? Files.readString(PAGE) : "")
                .as("docs/rest-features.md is stale; write it anew with: " + UPDATE)
                .isEqualTo(page);
    }

    @Test
    void whatIsThereHasATestAndWhatIsNotHasAReason() {
        assertThat(features).filteredOn(RestFeature::open).allSatisfy(feature -> assertThat(tests)
                .containsKey(feature.id()));
        assertThat(features).filteredOn(feature -> !feature.open()).allSatisfy(feature -> assertThat(feature.remark())
                .isNotBlank());
    }

    @Test
    void testsNameFeaturesThatAreListedOnce() {
        List<String> listed = features.stream().map(RestFeature::id).toList();

        assertThat(listed).doesNotHaveDuplicates();
        assertThat(listed).containsAll(tests.keySet());
    }

    /** By feature, the methods that cover it; only those that a build really runs. */
    private static Map<String, Set<String>> tests() {
        Map<String, Set<String>> found = new TreeMap<>();
        new ClassFileImporter().importPath(Path.of("target", "test-classes")).forEach(type -> type.getMethods().stream()
                .filter(method -> method.isAnnotatedWith(Covers.class))
                .forEach(method -> {
                    assertThat(isRun(method))
                            .as("%s is no test that a build runs", method.getFullName())
                            .isTrue();
                    for (String id : method.getAnnotationOfType(Covers.class).value()) {
                        found.computeIfAbsent(id, none -> new TreeSet<>())
                                .add(type.getSimpleName() + "." + method.getName());
                    }
                }));
        return found;
    }

    private static boolean isRun(JavaMethod method) {
        boolean test = method.isAnnotatedWith(Test.class) || method.isAnnotatedWith(ParameterizedTest.class);
        boolean disabled =
                method.isAnnotatedWith(Disabled.class) || method.getOwner().isAnnotatedWith(Disabled.class);
        return test && !disabled && method.getOwner().getSimpleName().matches(".*(Test|IT)");
    }

    private String page() {
        StringBuilder page = new StringBuilder("# What of FHIR's RESTful API there is\n"
                + "<!-- Generated from rest-features.csv and the tests. Do not edit; to write it anew: " + UPDATE
                + " -->\n\nThe features of the R4 pages, whether SinusNode has them, and which tests show it."
                + " For what is closed, the tests are those that show the refusal.\n");
        Map<String, List<RestFeature>> pages = new LinkedHashMap<>();
        features.forEach(feature ->
                pages.computeIfAbsent(feature.page(), none -> new ArrayList<>()).add(feature));
        pages.forEach((name, rows) -> {
            page.append("\n## %s ([%s](https://hl7.org/fhir/R4/%s))\n\n"
                    .formatted(TITLES.getOrDefault(name, name), name, name));
            page.append("| feature | there | remark | tests |\n|---|---|---|---|\n");
            rows.forEach(row -> page.append("| %s | %s | %s | %s |\n"
                    .formatted(row.text(), row.open() ? "yes" : "no", row.remark(), shown(row.id()))));
        });
        return page.toString();
    }

    private String shown(String id) {
        return String.join("<br>", tests.getOrDefault(id, Set.of()));
    }
}
