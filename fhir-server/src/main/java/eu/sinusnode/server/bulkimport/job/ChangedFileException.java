package eu.sinusnode.server.bulkimport.job;

import java.io.IOException;

/** The file is gone, or another one than was asked for. */
final class ChangedFileException extends IOException {
    private static final long serialVersionUID = 1L;
}
