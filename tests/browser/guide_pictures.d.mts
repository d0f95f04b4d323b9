export const guide_pictures: string[];
export const picture_bytes_max: number;
