package eu.sinusnode.launcher.command;

import com.fasterxml.jackson.databind.JsonNode;
import eu.sinusnode.keycloak.realm.DemoRegistrations;
import eu.sinusnode.launcher.Trouble;
import eu.sinusnode.launcher.http.BulkImport;
import eu.sinusnode.launcher.http.BulkImport.Input;
import eu.sinusnode.launcher.http.BulkImport.State;
import eu.sinusnode.launcher.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "import",
        description = "Imports the NDJSON files of a folder, named <Type>.ndjson or <Type>-….ndjson.",
        mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {

    private static final Pattern NAME = Pattern.compile("([A-Z][A-Za-z]+)([-._][A-Za-z0-9._-]*)?\\.ndjson");
    private static final long PAUSE_MILLIS = 500;
    private static final int REFUSED = 3;

    /** What others refer to comes first; all else follows by name, vital signs last. */
    private static final List<String> FIRST = List.of(
            "Organization",
            "Practitioner",
            "Location",
            "Patient",
            "RelatedPerson",
            "Device",
            "CareTeam",
            "Coverage",
            "Consent",
            "Encounter");

    @Option(names = "--dir", required = true, paramLabel = "DIR", description = "The folder with the files.")
    private Path directory;

    @Option(
            names = "--as",
            paramLabel = "CLIENT",
            description = "Who imports. Default: ${DEFAULT-VALUE}.",
            defaultValue = DemoRegistrations.LOADER)
    private String caller;

    @ParentCommand
    private Commands root;

    @Override
    public Integer call() throws IOException, InterruptedException {
        BulkImport imports = new BulkImport(root.installed(), root.system().callers(), caller);
        List<Path> brought = new ArrayList<>();
        try {
            String status = imports.start(bring(imports.folder(), brought));
            JsonNode manifest = await(imports, status);
            return tell(imports, manifest);
        } finally {
            for (Path file : brought) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Into the caller's folder, where the server reads them, under names of their own. */
    private List<Input> bring(Path folder, List<Path> brought) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.list(directory)) {
            files = found.filter(
                            file -> NAME.matcher(file.getFileName().toString()).matches())
                    .sorted(Comparator.comparing(ImportCommand::rank).thenComparing(Path::getFileName))
                    .toList();
        }
        if (files.isEmpty()) {
            throw new Trouble(
                    "There is no file named <Type>.ndjson or <Type>-….ndjson in " + directory + ".",
                    "docs/bulk-import.md tells what can be imported.");
        }
        String mark = UUID.randomUUID().toString().substring(0, 8);
        List<Input> inputs = new ArrayList<>();
        for (Path file : files) {
            String name = mark + "-" + file.getFileName();
            Path copy = folder.resolve(name);
            brought.add(copy);
            try {
                Files.createLink(copy, file);
            } catch (IOException | UnsupportedOperationException otherFileSystem) {
                Files.copy(file, copy);
            }
            inputs.add(new Input(type(file), name));
        }
        return inputs;
    }

    private static String type(Path file) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (!name.matches()) {
            throw new IllegalArgumentException("no file to import");
        }
        return name.group(1);
    }

    private static int rank(Path file) {
        String type = type(file);
        int first = FIRST.indexOf(type);
        return first >= 0 ? first : type.equals("Observation") ? FIRST.size() + 1 : FIRST.size();
    }

    private JsonNode await(BulkImport imports, String status) throws InterruptedException {
        try (Progress.Task task = root.terminal().progress().begin("Import", 100)) {
            int percent = 0;
            State state = imports.look(status);
            while (true) {
                JsonNode manifest = state.manifest();
                if (manifest != null) {
                    task.done("ended");
                    return manifest;
                }
                task.advance(Math.max(0, state.percent() - percent));
                percent = Math.max(percent, state.percent());
                task.note(state.lines() + " lines read");
                Thread.sleep(PAUSE_MILLIS);
                state = imports.look(status);
            }
        }
    }

    /** @return 0 when every line is stored */
    private int tell(BulkImport imports, JsonNode manifest) {
        boolean all = true;
        for (JsonNode file : manifest.path("output")) {
            all &= file.path("refused").asLong() == 0
                    && file.path("state").asText().equals("complete");
            root.terminal()
                    .out()
                    .printf(
                            "%s: %s, %d stored, %d already there, %d refused%s%n",
                            file.path("inputUrl").asText().substring(9),
                            file.path("state").asText(),
                            file.path("count").asLong(),
                            file.path("alreadyThere").asLong(),
                            file.path("refused").asLong(),
                            file.has("problem") ? ": " + file.path("problem").asText() : "");
        }
        for (JsonNode file : manifest.path("error")) {
            root.terminal().out().print(imports.errors(file.path("url").asText()));
        }
        return all ? 0 : REFUSED;
    }
}
