package eu.sinusnode.profiles.packages;

/** A FHIR package cannot be used. The message is a sentence that names the package and says what to do. */
public final class PackageException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    PackageException(String sentence) {
        super(sentence);
    }

    PackageException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
