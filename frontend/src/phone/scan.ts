/** Scanning a subject's QR code, where the browser can read codes by itself; elsewhere the button stays away and a line says so. */
import { say } from "../words";

interface Detector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}
interface Detectors {
  new (how: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<string[]>;
}

const LOOK_MS = 250;
/** The code holds the address of the subject, on whichever name of this server it was printed for. */
const ADDRESS = /\/s\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

export function scanner(form: HTMLFormElement, tell: (text: string) => void, found: (id: string) => void): void {
  const start = form.querySelector<HTMLButtonElement>("[data-scan]");
  const none = form.querySelector<HTMLElement>("[data-no-scan]");
  const view = form.querySelector<HTMLElement>("[data-scanner]");
  const video = view?.querySelector("video");
  if (!start || !none || !view || !video) return;
  let camera: MediaStream | null = null;

  const stop = () => {
    camera?.getTracks().forEach((track) => track.stop());
    camera = null;
    video.srcObject = null;
    view.hidden = true;
    start.focus();
  };

  async function look(detector: Detector): Promise<void> {
    while (camera !== null) {
      const codes = await detector.detect(video as HTMLVideoElement).catch(() => []);
      for (const { rawValue } of codes) {
        const id = ADDRESS.exec(rawValue.trim())?.[1];
        if (id === undefined) tell(say("phone_scan_none"));
        else if (camera !== null) {
          stop();
          return found(id);
        }
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }

  async function begin(Codes: Detectors): Promise<void> {
    tell("");
    try {
      camera = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch {
      return tell(say("phone_scan_refused"));
    }
    view!.hidden = false;
    video!.srcObject = camera;
    // Not waited for: a camera that shows nothing yet is looked at all the same.
    void video!.play().catch(() => undefined);
    view!.querySelector("button")?.focus();
    await look(new Codes({ formats: ["qr_code"] }));
  }

  const Codes = (window as unknown as { BarcodeDetector?: Detectors }).BarcodeDetector;
  const formats = Codes && "mediaDevices" in navigator ? Codes.getSupportedFormats() : Promise.resolve<string[]>([]);
  void formats
    .catch((): string[] => [])
    .then((known: string[]) => {
      const can = known.includes("qr_code");
      start.hidden = !can;
      none.hidden = can;
      if (can && Codes) start.addEventListener("click", () => void begin(Codes));
    });
  view.querySelector("[data-scan-stop]")?.addEventListener("click", stop);
  view.addEventListener("keydown", (event) => {
    if (event.key === "Escape") stop();
  });
  window.addEventListener("pagehide", () => camera && stop());
}
