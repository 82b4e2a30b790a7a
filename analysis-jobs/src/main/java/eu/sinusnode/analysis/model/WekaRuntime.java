package eu.sinusnode.analysis.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import weka.core.Version;

/**
 * Settings that Weka reads when its classes load: no package manager, nothing from the network, pure Java linear
 * algebra. To be called before the first Weka class is touched.
 */
public final class WekaRuntime {

    private WekaRuntime() {}

    /** May be called more than once. Settings that are already given on the command line stay. */
    public static void prepare() {
        setIfAbsent("weka.core.WekaPackageManager.loadPackages", "false");
        setIfAbsent("weka.packageManager.offline", "true");
        setIfAbsent("com.github.fommil.netlib.BLAS", "com.github.fommil.netlib.F2jBLAS");
        setIfAbsent("com.github.fommil.netlib.LAPACK", "com.github.fommil.netlib.F2jLAPACK");
        setIfAbsent("com.github.fommil.netlib.ARPACK", "com.github.fommil.netlib.F2jARPACK");
        if (System.getProperty("WEKA_HOME") == null && System.getenv("WEKA_HOME") == null) {
            System.setProperty("WEKA_HOME", privateDirectory().toString());
        }
    }

    /** Of the library, e.g. {@code 3.8.6}. */
    public static String version() {
        prepare();
        return Version.VERSION;
    }

    private static void setIfAbsent(String key, String value) {
        if (System.getProperty(key) == null) {
            System.setProperty(key, value);
        }
    }

    private static Path privateDirectory() {
        try {
            Path directory = Files.createTempDirectory("weka-home");
            directory.toFile().deleteOnExit();
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException("No temporary directory for Weka's settings could be made", e);
        }
    }
}
