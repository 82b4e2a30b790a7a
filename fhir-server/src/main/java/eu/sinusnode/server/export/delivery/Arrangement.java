package eu.sinusnode.server.export.delivery;

import eu.sinusnode.server.export.file.Frame;

/** How the lines of a file are put together. For one pass through the file, frame by frame. */
interface Arrangement {

    /** One behind the other. */
    Arrangement PLAIN = new Arrangement() {

        @Override
        public boolean takes(Frame frame) {
            return true;
        }

        @Override
        public byte[] before() {
            return NOTHING;
        }
    };

    byte[] NOTHING = {};

    /** The pass comes to a frame: whether lines of it may stand there. */
    boolean takes(Frame frame);

    /** Lines of that frame leave: what has to stand before them. */
    byte[] before();
}
