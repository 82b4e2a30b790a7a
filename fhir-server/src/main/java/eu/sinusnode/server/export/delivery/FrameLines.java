package eu.sinusnode.server.export.delivery;

import eu.sinusnode.server.export.file.Frame;

/** A frame of a file, and its lines as they were written. */
record FrameLines(Frame frame, byte[] lines) {}
