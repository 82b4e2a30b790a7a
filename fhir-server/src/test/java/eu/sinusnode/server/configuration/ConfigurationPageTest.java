package eu.sinusnode.server.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.SpringAsmInfo;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;

/**
 * Writes {@code docs/configuration.md} from the settings' records, or fails when it says something else than they do. The
 * compiler's configuration processor wrote down names, types, defaults and javadoc; the bounds are the sentences with which
 * the records refuse.
 */
class ConfigurationPageTest {

    private static final Path PAGE = Path.of("..", "docs", "configuration.md");
    private static final String METADATA = "META-INF/spring-configuration-metadata.json";
    private static final String UPDATE =
            "mvn -pl fhir-server -am test -Dtest=ConfigurationPageTest -Dsurefire.failIfNoSpecifiedTests=false"
                    + " -Dsinusnode.docs.update=true";
    private static final Pattern SHORT_NAME = Pattern.compile("\\$\\{(SINUSNODE_[A-Z_]+):([^}]*)}");
    private static final Map<String, String> TYPES = Map.of(
            "java.time.Duration", "duration: `30s`, `5m`, `2h`",
            "java.time.Period", "period: `P10Y`",
            "org.springframework.util.unit.DataSize", "size: `64KB`, `16MB`",
            "java.lang.Integer", "number",
            "java.lang.Boolean", "`true` or `false`",
            "java.lang.String", "text",
            "java.nio.file.Path", "path",
            "java.util.List<java.lang.String>", "texts, with commas between");

    @Test
    void configuration() throws IOException {
        Map<String, Object> yaml = yaml();
        Map<String, List<JsonNode>> sections = new TreeMap<>();
        for (JsonNode property : metadata().get("properties")) {
            String name = property.get("name").asText();
            sections.computeIfAbsent(name.substring(0, name.lastIndexOf('.')), prefix -> new ArrayList<>())
                    .add(property);
        }
        StringBuilder page = new StringBuilder("# Configuration\n"
                + "<!-- Generated from the code. Do not edit; to write it anew: " + UPDATE + " -->\n\n"
                + "Every setting"
                + " has a default"
                + " that is safe."
                + " It is given as"
                + " an environment"
                + " variable, as"
                + " `--name=value`"
                + " behind the"
                + " command, or in"
                + " an `application.yaml`"
                + " beside the"
                + " program.\n"
                + "A value outside"
                + " of its bounds"
                + " stops the start"
                + " with the"
                + " sentence that"
                + " stands here."
                + " Settings"
                + " without a"
                + " default are"
                + " off, or follow"
                + " from others, as"
                + " their"
                + " description"
                + " says.\n");
        sections.forEach((prefix, properties) -> {
            page.append("\n## ")
                    .append(prefix)
                    .append("\n\n| setting | environment variable | type | default | for |\n|---|---|---|---|---|\n");
            List<String> bounds = new ArrayList<>();
            properties.stream()
                    .sorted((a, b) ->
                            a.get("name").asText().compareTo(b.get("name").asText()))
                    .forEach(property -> page.append(row(property, yaml)));
            properties.stream()
                    .map(property -> property.get("sourceType").asText())
                    .distinct()
                    .forEach(type -> bounds.addAll(sentences(type)));
            if (!bounds.isEmpty()) {
                page.append('\n');
                bounds.forEach(
                        sentence -> page.append("- ").append(cell(sentence)).append('\n'));
            }
        });
        page.append("\n## Shorter names\n\n| environment variable | default | sets |\n|---|---|---|\n");
        yaml.forEach((name, value) -> {
            Matcher shorter = SHORT_NAME.matcher(String.valueOf(value));
            while (shorter.find()) {
                page.append("| `%s` | `%s` | `%s` |\n".formatted(shorter.group(1), shorter.group(2), name));
            }
        });
        if (Boolean.getBoolean("sinusnode.docs.update")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.exists(PAGE) ? Files.readString(PAGE) : "")
                .as("docs/configuration.md is stale; write it anew with: " + UPDATE)
                .isEqualTo(page.toString());
    }

    @Test
    void everySettingSaysWhatItIsFor() throws IOException {
        List<String> silent = new ArrayList<>();
        for (JsonNode property : metadata().get("properties")) {
            if (!property.hasNonNull("description")) {
                silent.add(property.get("name").asText());
            }
        }
        assertThat(silent).as("settings without @param").isEmpty();
    }

    private static String row(JsonNode property, Map<String, Object> yaml) {
        String name = property.get("name").asText();
        String variable = name.toUpperCase(Locale.ROOT).replace("-", "").replace('.', '_');
        Object inYaml = yaml.get(name);
        String given = inYaml != null ? inYaml.toString() : text(property.get("defaultValue"));
        return "| `%s` | `%s` | %s | %s | %s |\n"
                .formatted(
                        name,
                        variable,
                        type(property.get("type").asText()),
                        given.isEmpty() ? "" : "`" + given + "`",
                        cell(property.path("description").asText()));
    }

    private static String text(JsonNode value) {
        if (value == null || value.isNull()) {
            return "";
        }
        List<String> parts = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(part -> parts.add(part.asText()));
        } else {
            parts.add(value.asText());
        }
        return String.join(", ", parts);
    }

    /** An enum is told by its values. */
    private static String type(String name) {
        String known = TYPES.get(name);
        if (known != null) {
            return known;
        }
        try {
            Object[] values = Class.forName(name).getEnumConstants();
            assertThat(values)
                    .as("a type that this page has no word for: " + name)
                    .isNotNull();
            return Arrays.stream(values).map(value -> "`" + value + "`").collect(Collectors.joining(", "));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("This page has no word for the type " + name, e);
        }
    }

    private static String cell(String text) {
        return text.replaceAll("\\{@code ([^}]*)}", "`$1`")
                .replaceAll("\\s+", " ")
                .replace("|", "\\|");
    }

    /** The sentences of a record's constructor, in their order. */
    private static List<String> sentences(String recordType) {
        List<String> found = new ArrayList<>();
        try (InputStream compiled = new ClassPathResource(recordType.replace('.', '/') + ".class").getInputStream()) {
            new ClassReader(compiled)
                    .accept(
                            new ClassVisitor(SpringAsmInfo.ASM_VERSION) {
                                @Override
                                public MethodVisitor visitMethod(
                                        int access,
                                        String name,
                                        String descriptor,
                                        String signature,
                                        String[] exceptions) {
                                    return new MethodVisitor(SpringAsmInfo.ASM_VERSION) {
                                        @Override
                                        public void visitLdcInsn(Object constant) {
                                            if (constant instanceof String sentence && sentence.endsWith(".")) {
                                                found.add(sentence);
                                            }
                                        }
                                    };
                                }
                            },
                            ClassReader.SKIP_DEBUG);
        } catch (IOException e) {
            throw new IllegalStateException(recordType + " cannot be read.", e);
        }
        return found;
    }

    private static JsonNode metadata() throws IOException {
        try (InputStream json = new ClassPathResource(METADATA).getInputStream()) {
            return new ObjectMapper().readTree(json);
        }
    }

    private static Map<String, Object> yaml() throws IOException {
        Map<String, Object> values = new TreeMap<>();
        for (PropertySource<?> source :
                new YamlPropertySourceLoader().load("defaults", new ClassPathResource("application.yaml"))) {
            for (String name :
                    new TreeSet<>(Arrays.asList(((EnumerablePropertySource<?>) source).getPropertyNames()))) {
                values.put(name, String.valueOf(source.getProperty(name)));
            }
        }
        return values;
    }
}
