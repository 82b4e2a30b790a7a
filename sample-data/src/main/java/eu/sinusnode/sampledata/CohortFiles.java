package eu.sinusnode.sampledata;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where a cohort's files lie, for whoever writes or loads them.
 *
 * <p>{@code directory.json} is written last: a directory that has it is complete. {@code bundles/00000-base.json} is to be
 * sent first. All else belongs to one patient: {@code bundles/000007-000.json} is the record of patient 7,
 * {@code 000007-001.json} and on are what that patient's devices sent. Files in the order of their names resolve every
 * reference. Patients do not refer to each other, so they may be sent side by side, each patient's files in order.
 */
public final class CohortFiles {

    private static final String BASE = "00000-base.json";
    private static final Pattern BUNDLE = Pattern.compile("[0-9]{6}-[0-9]{3,}\\.json|" + Pattern.quote(BASE));
    private static final int LENGTH_OF_NUMBER = 6;

    private final Path root;

    public CohortFiles(Path root) {
        this.root = root;
    }

    /** What the realm generator reads. */
    public Path directory() {
        return root.resolve("directory.json");
    }

    /** Never to be sent to a server. */
    public Path labels() {
        return root.resolve("truth").resolve("labels.csv");
    }

    /** Organizations and practitioners: send it before all else. */
    public Path base() {
        return bundles().resolve(BASE);
    }

    public boolean isComplete() {
        return Files.exists(directory());
    }

    /**
     * The files of each patient, in the order to send them; the first of each is the record.
     *
     * @throws UncheckedIOException when the directory cannot be listed
     */
    public List<List<Path>> patients() {
        List<List<Path>> patients = new ArrayList<>();
        String current = "";
        for (Path file : sortedBundles()) {
            String name = file.getFileName().toString();
            if (name.equals(BASE)) {
                continue;
            }
            String number = name.substring(0, LENGTH_OF_NUMBER);
            if (!number.equals(current)) {
                patients.add(new ArrayList<>());
                current = number;
            }
            patients.get(patients.size() - 1).add(file);
        }
        return patients;
    }

    /** Every bundle in the order that resolves every reference, the base first. */
    public List<Path> sortedBundles() {
        try (Stream<Path> files = Files.list(bundles())) {
            return files.filter(CohortFiles::isBundle).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + bundles(), e);
        }
    }

    private Path bundles() {
        return root.resolve("bundles");
    }

    /** Removes what an earlier run left, and nothing else. */
    void clear() throws IOException {
        Files.deleteIfExists(directory());
        Files.deleteIfExists(labels());
        Files.createDirectories(bundles());
        Files.createDirectories(labels().getParent());
        try (Stream<Path> files = Files.list(bundles())) {
            for (Path file : (Iterable<Path>) files.filter(CohortFiles::isBundle)::iterator) {
                Files.delete(file);
            }
        }
    }

    void writeBase(byte[] bundle) throws IOException {
        Files.write(base(), bundle);
    }

    void write(int patient, int sequence, byte[] bundle) throws IOException {
        Files.write(bundles().resolve(String.format(Locale.ROOT, "%06d-%03d.json", patient, sequence)), bundle);
    }

    void complete(byte[] directory) throws IOException {
        Path unfinished = root.resolve("directory.json.part");
        Files.write(unfinished, directory);
        Files.move(unfinished, directory(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static boolean isBundle(Path file) {
        return BUNDLE.matcher(file.getFileName().toString()).matches();
    }
}
